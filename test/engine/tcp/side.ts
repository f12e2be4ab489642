/** Which endpoint sent a segment: 0 is the sender of the first segment seen. */
export type Side = 0 | 1;
