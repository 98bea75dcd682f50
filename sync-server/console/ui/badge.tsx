import { CircleAlert, CircleCheck, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "neutral";

const TONES: Readonly<Record<Tone, { readonly look: string; readonly Icon: LucideIcon }>> = {
  good: { look: "bg-brand-soft text-brand-strong", Icon: CircleCheck },
  warn: { look: "bg-warn-soft text-warn", Icon: CircleAlert },
  bad: { look: "bg-danger-soft text-danger", Icon: CircleX },
  neutral: { look: "bg-sunken text-soft", Icon: CircleDashed },
};

/** A state in a word; a sign beside it says the same without its colour. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const { look, Icon } = TONES[tone];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-1 font-medium text-[13px] ${look}`}
    >
      <Icon aria-hidden size={14} />
      {children}
    </span>
  );
}
