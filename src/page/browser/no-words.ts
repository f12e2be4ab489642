/**
 * What a page never says, in either language: messages of the lab (`words/…/messages/lab.ts`, `lab-steps.ts`) and of work on several
 * machines (`scale.ts`). They would be a fiftieth of what it weighs.
 */
export const lab = {};
export const labSteps = {};
export const scale = {};
