// What went wrong, in words for the person; `cause` tells the log more.
export class Problem extends Error {}
