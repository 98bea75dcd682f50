import { readFileSync } from "node:fs";
import type { z } from "zod";
import { fleetSchema } from "../light-till/card.ts";
import { LightFleet } from "../light-till/fleet.ts";
import type { Sold } from "../light-till/selling.ts";
import {
  type fromTillsSchema,
  type TillsAnswer,
  type TillsAsk,
  tillsSettingsSchema,
  toTillsSchema,
} from "./tills-messages.ts";

// The light tills as a process of their own, so that what they cost is not the bench's.

const settings = tillsSettingsSchema.parse(JSON.parse(process.argv[2] ?? ""));
const { host, port, ca, pulls } = settings;
const known = fleetSchema.parse(JSON.parse(readFileSync(settings.fleet, "utf8")));
const fleet = new LightFleet(known, { host, port, ca }, { pulls });

async function answerTo(ask: TillsAsk): Promise<TillsAnswer<TillsAsk["verb"]>> {
  switch (ask.verb) {
    case "connect":
      return [...(await fleet.connect(ask.range, ask.everyMs))];
    case "forgetInSync":
      fleet.forgetInSync();
      return null;
    case "inSync":
      return [...(await fleet.inSync(ask.range))];
    case "prepare":
      return fleet.prepare(ask.range, ask.sales);
    case "sell":
      return written(await fleet.sell(ask.range, ask.pace));
    case "beginSelling":
      fleet.beginSelling(ask.range, ask.pace);
      return null;
    case "endSelling":
      return written(await fleet.endSelling());
    case "pushAll":
      return [...(await fleet.pushAll(ask.range))];
    case "await":
      fleet.await(ask.collection);
      return null;
    case "arrived": {
      const { woken, unheard, had } = await fleet.arrived();
      return { woken: [...woken], unheard, had: [...had] };
    }
    case "reached":
      return [...(await fleet.reached(ask.range, ask.seq))];
    case "firstSyncs":
      return [...(await fleet.firstSyncs(ask.range, ask.collections))];
    case "wire":
      return fleet.wire();
  }
}

function written({ sales, woken, unheard }: Sold): TillsAnswer<"sell"> {
  return { sales: [...sales], woken: [...woken], unheard };
}

process.on("message", (message) => {
  const { id, ask } = toTillsSchema.parse(message);
  answerTo(ask).then(
    (value) => tell({ kind: "answer", id, value }),
    (error: unknown) =>
      tell({ kind: "failed", id, why: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
tell({ kind: "ready" });

function tell(message: z.infer<typeof fromTillsSchema>): void {
  if (process.connected) process.send?.(message);
}
