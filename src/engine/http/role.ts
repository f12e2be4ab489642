/** What start lines are looked for: in a direction whose part is known, only its own. */
export const ANY = 0;
export const REQUESTS = 1;
export const RESPONSES = 2;
