import { Printer } from "lucide-react";
import { textBars } from "#protocol/codes/bars.ts";
import { QUIET_MODULES, qrPath } from "#protocol/codes/qr-path.ts";
import type { ColleagueRow } from "#protocol/hq/staff.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";

const BAR_HEIGHT = 20;
/** Modules of white beside bars, by which scanners find them (ISO/IEC 15417). */
const BAR_QUIET = 10;

/** A badge as large as a bank card, with its code for both kinds of scanners. */
export function BadgeCard({ colleague, code }: { readonly colleague: ColleagueRow; readonly code: string }) {
  const { size, path } = qrPath(code);
  const edge = size + 2 * QUIET_MODULES;
  const { width, bars } = textBars(code);
  return (
    <div className="space-y-3">
      <p role="status" className="text-warn">
        {t("staff.badge.once")}
      </p>
      <section
        ref={(card) => card?.scrollIntoView({ block: "nearest" })}
        aria-label={t("staff.badge.title", { name: colleague.name })}
        className="print-card grid h-[54mm] w-[85.6mm] grid-rows-[1fr_auto] gap-1 rounded-[3mm] border border-line bg-white p-[4mm] text-black"
      >
        <div className="flex justify-between gap-2">
          <div className="min-w-0">
            <p className="break-words font-semibold text-[15px] leading-tight">{colleague.name}</p>
            <p className="text-[12px]">{colleague.roleName}</p>
          </div>
          <svg
            role="img"
            aria-label={t("staff.badge.code")}
            viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${edge} ${edge}`}
            className="size-[25mm] shrink-0"
          >
            <path fillRule="evenodd" d={path} />
          </svg>
        </div>
        <div>
          <svg
            aria-hidden
            viewBox={`${-BAR_QUIET} 0 ${width + 2 * BAR_QUIET} ${BAR_HEIGHT}`}
            preserveAspectRatio="none"
            className="h-[10mm] w-full"
          >
            {bars.map((bar) => (
              <rect key={bar.x} x={bar.x} width={bar.width} height={BAR_HEIGHT} />
            ))}
          </svg>
          <p className="figures text-center text-[10px] tracking-wide">{code}</p>
        </div>
      </section>
      <Button look="primary" onPress={() => window.print()}>
        <Printer aria-hidden size={18} />
        {t("staff.badge.print")}
      </Button>
    </div>
  );
}
