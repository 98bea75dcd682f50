import type { Benchmark, Run } from "./benchmark.ts";
import { p50AndP99 } from "./figures.ts";
import { TitleScan } from "./floors/title-scan.ts";
import type { Measured } from "./metric.ts";
import { articleAt } from "./shop/article.ts";
import { QUESTION_KINDS, type Question, questionsAbout } from "./shop/questions.ts";
import { openServer, openSyncedTill } from "./stand.ts";

/** Hits asked for: a screenful. */
const LIMIT = 40;
/** Questions asked before the clock counts: nobody searches once. */
const WARM_UP = 50;

interface Timed {
  readonly kind: Question["kind"];
  readonly ms: number;
}

/** From a question in the search field to the hits, over the whole assortment. */
export const search: Benchmark = {
  name: "search",
  what: "from a question to its hits, by whole word, beginning, two words, typing error and code; floor: a plain scan of folded titles",
  usual: { skus: 20_000, samples: 1_000 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, say } = run;
    const server = await openServer(run);
    const till = await openSyncedTill(run, server);
    await server.stop();
    const questions = questionsAbout({ skus, count: samples });
    say("searching");
    const measured = await timed(questions, async ({ text }) => {
      const { answer, ms } = await till.client.timed("search", { text, limit: LIMIT });
      if (answer.length > LIMIT) throw new Error(`"${text}" gave ${answer.length} hits`);
      return ms;
    });
    await till.close();

    say("measuring the floor");
    const titles = new TitleScan(
      Array.from({ length: skus }, (_, number) => articleAt(number).product.title),
    );
    const floor = await timed(questions, async ({ text }) => {
      const start = performance.now();
      titles.search({ text, limit: LIMIT });
      return performance.now() - start;
    });
    const params = { skus, limit: LIMIT };
    yield* p50AndP99({
      name: "",
      times: measured.map(({ ms }) => ms),
      floor: floor.map(({ ms }) => ms),
      params,
    });
    for (const kind of QUESTION_KINDS)
      yield* p50AndP99({ name: kind, times: timesOf(kind, measured), floor: timesOf(kind, floor), params });
  },
};

async function timed(
  questions: readonly Question[],
  ask: (question: Question) => Promise<number>,
): Promise<readonly Timed[]> {
  for (const question of questions.slice(0, WARM_UP)) await ask(question);
  const times: Timed[] = [];
  for (const question of questions) times.push({ kind: question.kind, ms: await ask(question) });
  return times;
}

function timesOf(kind: Question["kind"], times: readonly Timed[]): readonly number[] {
  return times.filter((each) => each.kind === kind).map(({ ms }) => ms);
}
