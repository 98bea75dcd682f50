import { type Currency, money } from "../../money/money.ts";
import type { GiftNeeds, PieceOff, TierSteps } from "../../promotions/promotion.ts";
import { GIFT_ROLES, type PromotionNeeds } from "../../ticket/ticket.ts";
import { type ByteReader, type ByteWriter, MalformedCode } from "./bytes.ts";

/** What a promotion needs, by its first byte. Those that are not capped nor for a share are written as they were before there were others. */
const NEEDS = {
  value: 0,
  groups: 1,
  bundle: 2,
  pieces: 3,
  steps: 4,
  gift: 5,
  groupsWithin: 6,
  bundleWithin: 7,
} as const;
const OFFS = ["percent", "amount", "fixedPrice"] as const;
/** Stands for "as many as there are", or "all of it": neither is ever zero. */
const ABSENT = 0;

export function writeNeeds(writer: ByteWriter, needs: PromotionNeeds): void {
  switch (needs.kind) {
    case "value":
      writer.byte(NEEDS.value);
      writer.signed(needs.least.minor);
      break;
    case "pieces":
      writer.byte(NEEDS.pieces);
      writer.number(needs.off === "share" ? 0 : 1);
      break;
    case "steps":
      writer.byte(NEEDS.steps);
      writeSteps(writer, needs.steps);
      break;
    case "groups":
      writeGroups(writer, needs);
      break;
    case "bundle":
      writer.byte(needs.most === undefined ? NEEDS.bundle : NEEDS.bundleWithin);
      writer.number(needs.component);
      writer.number(needs.components);
      writer.number(needs.each);
      writer.signed(needs.price.minor);
      if (needs.most !== undefined) writer.number(needs.most);
      break;
    case "gift":
      writer.byte(NEEDS.gift);
      writer.number(GIFT_ROLES.indexOf(needs.role));
      writeAsks(writer, needs.asks);
      writer.number(needs.free);
      writer.number(needs.perEach ? 1 : 0);
      writer.number(needs.most ?? ABSENT);
      break;
  }
}

type NeedsOf<K extends PromotionNeeds["kind"]> = Extract<PromotionNeeds, { readonly kind: K }>;

function writeGroups(writer: ByteWriter, { size, pays, ppm, most }: NeedsOf<"groups">): void {
  const isPlain = ppm === undefined && most === undefined;
  writer.byte(isPlain ? NEEDS.groups : NEEDS.groupsWithin);
  writer.number(size);
  writer.number(pays);
  if (isPlain) return;
  writer.number(ppm ?? ABSENT);
  writer.number(most ?? ABSENT);
}

function writeSteps(writer: ByteWriter, steps: TierSteps): void {
  writer.number(steps.by === "pieces" ? 0 : 1);
  writer.number(steps.of.length);
  if (steps.by === "pieces")
    for (const { from, off } of steps.of) {
      writer.number(from);
      writeOff(writer, off);
    }
  else
    for (const { least, off } of steps.of) {
      writer.signed(least.minor);
      writeOff(writer, off);
    }
}

function writeOff(writer: ByteWriter, off: PieceOff): void {
  writer.number(OFFS.indexOf(off.kind));
  switch (off.kind) {
    case "percent":
      writer.number(off.ppm);
      break;
    case "amount":
      writer.signed(off.amount.minor);
      break;
    case "fixedPrice":
      writer.signed(off.price.minor);
      break;
  }
}

function writeAsks(writer: ByteWriter, asks: GiftNeeds): void {
  writer.number(asks.kind === "pieces" ? 0 : 1);
  if (asks.kind === "pieces") writer.number(asks.pieces);
  else writer.signed(asks.least.minor);
}

/** Throws `MalformedCode` on what is none. */
export function readNeeds(reader: ByteReader, currency: Currency): PromotionNeeds {
  const kind = reader.byte();
  switch (kind) {
    case NEEDS.value:
      return { kind: "value", least: money(reader.signed(), currency) };
    case NEEDS.pieces:
      return { kind: "pieces", off: isOther(reader) ? "amount" : "share" };
    case NEEDS.steps:
      return { kind: "steps", steps: readSteps(reader, currency) };
    case NEEDS.groups:
    case NEEDS.groupsWithin: {
      const terms = { kind: "groups", size: reader.number(), pays: reader.number() } as const;
      if (kind === NEEDS.groups) return terms;
      return { ...terms, ...present("ppm", reader.number()), ...present("most", reader.number()) };
    }
    case NEEDS.bundle:
    case NEEDS.bundleWithin: {
      const component = reader.number();
      const components = reader.number();
      const each = reader.number();
      const price = money(reader.signed(), currency);
      const most = kind === NEEDS.bundle ? ABSENT : reader.number();
      return { kind: "bundle", component, components, each, price, ...present("most", most) };
    }
    case NEEDS.gift: {
      const role = GIFT_ROLES[reader.number()];
      if (role === undefined) throw new MalformedCode("a part in a gift that there is none of");
      const asks = readAsks(reader, currency);
      const free = reader.number();
      const perEach = isOther(reader);
      return { kind: "gift", role, asks, free, perEach, ...present("most", reader.number()) };
    }
    default:
      throw new MalformedCode("a promotion that needs something unknown");
  }
}

function present<K extends string>(key: K, value: number): { readonly [P in K]?: number } {
  return value === ABSENT ? {} : ({ [key]: value } as { readonly [P in K]?: number });
}

/** Of two kinds the second. */
function isOther(reader: ByteReader): boolean {
  const which = reader.number();
  if (which > 1) throw new MalformedCode("a kind that there is none of");
  return which === 1;
}

function readSteps(reader: ByteReader, currency: Currency): TierSteps {
  const byValue = isOther(reader);
  const count = reader.count();
  if (byValue) {
    const of = Array.from({ length: count }, () => ({
      least: money(reader.signed(), currency),
      off: readOff(reader, currency),
    }));
    return { by: "value", of };
  }
  const of = Array.from({ length: count }, () => ({ from: reader.number(), off: readOff(reader, currency) }));
  return { by: "pieces", of };
}

function readOff(reader: ByteReader, currency: Currency): PieceOff {
  const kind = OFFS[reader.number()];
  if (kind === undefined) throw new MalformedCode("something off that is unknown");
  switch (kind) {
    case "percent":
      return { kind, ppm: reader.number() };
    case "amount":
      return { kind, amount: money(reader.signed(), currency) };
    case "fixedPrice":
      return { kind, price: money(reader.signed(), currency) };
  }
}

function readAsks(reader: ByteReader, currency: Currency): GiftNeeds {
  return isOther(reader)
    ? { kind: "value", least: money(reader.signed(), currency) }
    : { kind: "pieces", pieces: reader.number() };
}

/** What tells it from others: the bytes that it is written as would do, but numbers are quicker to compare. */
export function needsKey(needs: PromotionNeeds): readonly (string | number)[] {
  switch (needs.kind) {
    case "value":
      return [needs.kind, needs.least.minor];
    case "pieces":
      return [needs.kind, needs.off];
    case "steps":
      return [
        needs.kind,
        needs.steps.by,
        ...(needs.steps.by === "pieces"
          ? needs.steps.of.flatMap(({ from, off }) => [from, ...offKey(off)])
          : needs.steps.of.flatMap(({ least, off }) => [least.minor, ...offKey(off)])),
      ];
    case "groups":
      return [needs.kind, needs.size, needs.pays, needs.ppm ?? ABSENT, needs.most ?? ABSENT];
    case "bundle": {
      const { kind, component, components, each, price, most = ABSENT } = needs;
      return [kind, component, components, each, price.minor, most];
    }
    case "gift": {
      const { kind, role, asks, free, perEach, most = ABSENT } = needs;
      const asked = asks.kind === "pieces" ? asks.pieces : asks.least.minor;
      return [kind, role, asks.kind, asked, free, perEach ? 1 : 0, most];
    }
  }
}

function offKey(off: PieceOff): readonly (string | number)[] {
  switch (off.kind) {
    case "percent":
      return [off.kind, off.ppm];
    case "amount":
      return [off.kind, off.amount.minor];
    case "fixedPrice":
      return [off.kind, off.price.minor];
  }
}
