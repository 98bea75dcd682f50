import { exceptionsAnswerSchema } from "#protocol/hq/console.ts";
import { timeText } from "../app/format.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Card, Empty, Tag } from "../ui/parts.tsx";

const words = WORDS.exceptions;

/** What the facts contradict, newest first. */
export function ExceptionsArea() {
  const { data } = useHq(exceptionsAnswerSchema, "/hq/v1/exceptions");
  return (
    <Card title={words.title}>
      {data?.exceptions.length === 0 ? <Empty>{words.none}</Empty> : null}
      <ul className="divide-y divide-line">
        {data?.exceptions.map((exception) => (
          <li key={exception.id} className="flex flex-wrap items-baseline gap-3 px-5 py-3">
            <Tag mood={exception.resolved ? "plain" : "warn"}>
              {words.kinds[exception.kind] ?? exception.kind}
            </Tag>
            <span className="font-semibold">{exception.store}</span>
            <span>{words.explain[exception.kind] ?? ""}</span>
            <span className="figures text-ink-soft text-sm">
              {Object.entries(exception.detail)
                .map(([name, value]) => `${name} ${value}`)
                .join(" · ")}
            </span>
            <span className="ml-auto text-ink-soft text-sm">{timeText(exception.raisedAt)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
