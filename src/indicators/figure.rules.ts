/** A path that is taken up again within so many days has not ended. */
export const reopenedWithin = 45;

/** What is found so many days after the end, or sooner, is still the outcome of the path. */
export const lateOutcome = 90;
