import { agoText, dateTimeText } from "../format.ts";

/** How long ago something was; the exact time shows when one points at it. */
export function When({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTimeText(at)}>
      {agoText({ at, now: Date.now() })}
    </time>
  );
}
