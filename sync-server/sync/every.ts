/** Does something again and again, every so many milliseconds; answers what ends it. */
export type Every = (ms: number, work: () => void) => () => void;
