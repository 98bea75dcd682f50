import fc from "fast-check";

/** As often as `npm run fuzz` was told; fast-check says the seed of what it finds. */
fc.configureGlobal({ numRuns: Number(process.env.ONETILL_FUZZ_RUNS) });
