/** Which packets of a flow or pair go from the first tap to the second: unknown, those of its lower side, those of its upper. */
export const UNKNOWN = 0;
export const FROM_LOW = 1;
export const FROM_HIGH = 2;
