import { Users } from "lucide-react";
import { useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { DuplicatesAnswer } from "#protocol/hq/customers.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;

type Pair = DuplicatesAnswer["duplicates"][number];

/** Profiles that may be one person, the surest first, for people to decide. */
export function DuplicatesPanel() {
  const { people } = useApi();
  const { data, problem, reload } = usePolled(people.duplicates, REFRESH_MS);
  const [search, setSearch] = useState<"idle" | "busy" | number>("idle");
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const compare = async (): Promise<void> => {
    setSearch("busy");
    const answer = await people.searchDuplicates();
    setSearch(answer.ok ? answer.value.pairs : "idle");
    setFailure(answer.ok ? null : answer.reason);
    reload();
  };
  return (
    <Panel
      title={t("customers.tab.duplicates")}
      aside={
        <span className="flex items-center gap-3">
          <span role="status" className="text-soft">
            {search === "busy" && t("duplicates.searching")}
            {typeof search === "number" && tCount("duplicates.found", search)}
          </span>
          <May right="customers.edit">
            <Button isDisabled={search === "busy"} onPress={() => compare()}>
              {t("duplicates.search")}
            </Button>
          </May>
        </span>
      }
    >
      <ProblemNote problem={failure ?? problem} />
      {data?.duplicates.length === 0 && (
        <Empty icon={<Users aria-hidden size={32} />}>{t("duplicates.none")}</Empty>
      )}
      <ul aria-label={t("customers.tab.duplicates")} className="divide-y divide-line px-5">
        {data?.duplicates.map((pair) => (
          <li
            key={`${pair.one.id} ${pair.other.id}`}
            aria-label={t("duplicates.pair", { one: pair.one.name, other: pair.other.name })}
          >
            <DuplicateRow pair={pair} onChanged={reload} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Two profiles side by side, why they look like one person, and what can be said of it. */
export function DuplicateRow({ pair, onChanged }: { readonly pair: Pair; readonly onChanged: () => void }) {
  const { people } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { one, other, score, reasons } = pair;
  const act = async (said: Promise<Answer<unknown>>): Promise<void> => {
    const answer = await said;
    setProblem(answer.ok ? null : answer.reason);
    onChanged();
  };
  return (
    <div className="py-4">
      <ProblemNote problem={problem} />
      <p className="mb-3 flex flex-wrap items-center gap-3 text-soft text-sm">
        <span className="figures">{t("duplicates.score", { score: numberText(score) })}</span>
        <span>{reasons.map((reason) => t(`duplicates.reason.${reason}`)).join(", ")}</span>
      </p>
      <div className="grid gap-3 md:grid-cols-2">
        <Side customer={one} onKeep={() => act(people.merge(one.id, other.id))} />
        <Side customer={other} onKeep={() => act(people.merge(other.id, one.id))} />
      </div>
      <May right="customers.edit">
        <Button look="quiet" className="mt-2" onPress={() => act(people.dismiss(one.id, other.id))}>
          {t("duplicates.dismiss")}
        </Button>
      </May>
    </div>
  );
}

function Side({ customer, onKeep }: { readonly customer: Customer; readonly onKeep: () => Promise<void> }) {
  const { name, email, phone, cardNumber, addresses = [] } = customer;
  const where = addresses.map(({ lines, postcode, city }) => [...lines, `${postcode} ${city}`].join(", "));
  return (
    <div className="flex flex-col gap-1 rounded-2xl bg-sunken p-4">
      <p className="font-semibold">{name}</p>
      {[email, phone, cardNumber, ...where]
        .filter((line) => line !== null)
        .map((line) => (
          <p key={line} className="figures break-words text-sm">
            {line}
          </p>
        ))}
      <May right="customers.privacy">
        <Button className="mt-auto self-start" aria-label={t("duplicates.merge", { name })} onPress={onKeep}>
          {t("duplicates.keep")}
        </Button>
      </May>
    </div>
  );
}
