import { AUDIT_CHECKS, type AuditCheckName } from "#domain/data-audit/checks.ts";
import type { Contradiction } from "#domain/pricing/contradictions.ts";
import type { Finding } from "#protocol/hq/price-check.ts";
import type { CheckedPrices } from "../prices/check.ts";
import { findingRows } from "../prices/finding-rows.ts";
import type { Storage } from "../storage/port.ts";
import type { AuditRowRecord, AuditRowsAsk, AuditRowsRead } from "./port.ts";

const MAX_CHANNELS = 50;

/** How much of what the price check finds is a check's; null: nothing ever is. */
export function countOfPrices(checked: CheckedPrices, check: AuditCheckName): number | null {
  const { contradictions } = AUDIT_CHECKS[check];
  return contradictions?.reduce((sum, kind) => sum + (checked.counts.get(kind) ?? 0), 0) ?? null;
}

/** A page of what the price check finds of a check's kinds. */
export async function rowsOfPrices(
  storage: Storage,
  checked: CheckedPrices,
  { check, channel, offset, limit }: Pick<AuditRowsAsk, "check" | "channel" | "offset" | "limit">,
): Promise<AuditRowsRead> {
  const { contradictions } = AUDIT_CHECKS[check];
  const all = checked.all.filter(({ kind }) => contradictions?.includes(kind) ?? false);
  const found = channel === null ? all : all.filter((each) => placesOf(each).includes(channel));
  const page = found.slice(offset, offset + limit);
  const rows = await storage.read((tx) => findingRows(tx, { found: page, promotions: checked.promotions }));
  return { rows: rows.map(rowOf), total: found.length, channels: channelsOf(all) };
}

function placesOf(found: Contradiction): readonly string[] {
  return "places" in found ? found.places : [];
}

function channelsOf(all: readonly Contradiction[]): AuditRowsRead["channels"] {
  const counts = new Map<string, number>();
  for (const each of all) for (const place of placesOf(each)) counts.set(place, (counts.get(place) ?? 0) + 1);
  return [...counts]
    .map(([channel, count]) => ({ channel, count }))
    .toSorted((one, other) => other.count - one.count || (one.channel < other.channel ? -1 : 1))
    .slice(0, MAX_CHANNELS);
}

function rowOf(finding: Finding): AuditRowRecord {
  const {
    id,
    kind,
    product,
    article,
    places,
    promotions,
    amount,
    against,
    net,
    ppm,
    taxClass,
    list,
    from,
    to,
  } = finding;
  const label = article ?? promotions.map(({ name }) => name).join(", ");
  return {
    id,
    store: null,
    label,
    at: null,
    product,
    variant: null,
    words: label,
    facts: {
      kind,
      ...(amount === null ? {} : { to: amount.minor, currency: amount.currency }),
      ...(against === null ? {} : { from: against.minor }),
      ...(net === null ? {} : { net: net.minor }),
      ...(ppm === null ? {} : { ppm }),
      ...(taxClass === null ? {} : { taxClass }),
      ...(list === null ? {} : { list }),
      ...(from === null ? {} : { begins: from }),
      ...(to === null ? {} : { ends: to }),
    },
    channels: places,
  };
}
