import type { EngineSettings, TillParts } from "../engine.ts";
import { both, Changes, watchBehindTheAnswer } from "../shop/changes.ts";
import type { Shop } from "../shop/verbs.ts";
import type { ViewSource } from "../till-service.ts";
import { UpdateDesk } from "./update-desk.ts";

/** The desk on a whole till. It is there before anybody can train: `heed` tells it of training as soon as it can begin. */
export async function openUpdates({
  settings: { version, updater, clock, onDefect },
  parts: { replica, drafts, journal, network },
  shop,
}: {
  readonly settings: EngineSettings;
  readonly parts: TillParts;
  readonly shop: Pick<Shop, "work" | "maySetUp">;
}): Promise<{ readonly desk: UpdateDesk; heed(training: ViewSource<"training">): void }> {
  let training: ViewSource<"training"> | null = null;
  const trainingChanges = new Changes();
  const onTrouble = (error: unknown): void => onDefect?.("updates", error);
  const desk = await UpdateDesk.open({
    running: version,
    updater: updater ?? null,
    replica,
    drafts,
    clock,
    timers: network.timers,
    moment: () => ({
      ...shop.work.current(),
      unsent: journal.unsent().length,
      training: training !== null && training.current() !== null,
    }),
    watchMoment: (onChange) =>
      both(
        trainingChanges.watch(onChange),
        both(shop.work.watch(onChange), watchBehindTheAnswer(journal, onChange, onTrouble)),
      ),
    authorise: (word) => shop.maySetUp(word),
    onTrouble,
  });
  return {
    desk,
    heed(of) {
      training = of;
      of.watch(() => trainingChanges.tell());
    },
  };
}
