import { resolve } from "node:path";

/**
 * Where Node keeps what it compiled of the programs' modules, for the next test that starts one (`NODE_COMPILE_CACHE`): it is half of what a
 * start takes. Node looks at each file's content, so nothing in it is ever out of date. A program that is stopped leaves its part there, one
 * that is killed does not.
 */
export const COMPILED = resolve(import.meta.dirname, "../node_modules/.cache/onetill-compiled");
