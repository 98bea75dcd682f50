import {
  ChartNoAxesColumn,
  CircleAlert,
  FileUp,
  LogOut,
  MonitorSmartphone,
  ReceiptText,
  Tags,
} from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { storesAnswerSchema } from "#protocol/hq/console.ts";
import { CatalogueArea } from "../areas/catalogue.tsx";
import { ExceptionsArea } from "../areas/exceptions.tsx";
import { ImportArea } from "../areas/import.tsx";
import { OverviewArea } from "../areas/overview.tsx";
import { TicketsArea } from "../areas/tickets.tsx";
import { TillsArea } from "../areas/tills.tsx";
import { WORDS } from "../i18n/words.ts";
import { Button } from "../ui/parts.tsx";
import { forgetKey, hq, keepKey, takeKey } from "./hq.ts";

type Area = keyof typeof WORDS.areas;

const AREAS: readonly { readonly area: Area; readonly icon: ReactNode; readonly page: () => ReactNode }[] = [
  { area: "overview", icon: <ChartNoAxesColumn aria-hidden size={20} />, page: () => <OverviewArea /> },
  { area: "catalogue", icon: <Tags aria-hidden size={20} />, page: () => <CatalogueArea /> },
  { area: "import", icon: <FileUp aria-hidden size={20} />, page: () => <ImportArea /> },
  { area: "tills", icon: <MonitorSmartphone aria-hidden size={20} />, page: () => <TillsArea /> },
  { area: "tickets", icon: <ReceiptText aria-hidden size={20} />, page: () => <TicketsArea /> },
  { area: "exceptions", icon: <CircleAlert aria-hidden size={20} />, page: () => <ExceptionsArea /> },
];

/** The console: sign-in by key, then one area at a time; the area stands in the address so that it can be shared. */
export function App() {
  const [signedIn, setSignedIn] = useState<boolean | null>(null);
  useEffect(() => {
    if (takeKey() === null) setSignedIn(false);
    else
      hq(storesAnswerSchema, "/hq/v1/stores").then(
        () => setSignedIn(true),
        () => setSignedIn(false),
      );
  }, []);
  if (signedIn === null) return <p className="p-10 text-ink-soft">{WORDS.loading}</p>;
  if (!signedIn) return <SignIn onIn={() => setSignedIn(true)} />;
  return (
    <Areas
      onOut={() => {
        forgetKey();
        setSignedIn(false);
      }}
    />
  );
}

function SignIn({ onIn }: { readonly onIn: () => void }) {
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault();
    keepKey(key.trim());
    try {
      await hq(storesAnswerSchema, "/hq/v1/stores");
      onIn();
    } catch {
      forgetKey();
      setProblem(WORDS.signIn.refused);
    }
  }
  return (
    <main className="grid h-full place-items-center p-6">
      <form
        onSubmit={enter}
        className="flex w-full max-w-md flex-col gap-4 rounded-2xl border border-line bg-surface p-8"
      >
        <h1 className="font-bold text-2xl">{WORDS.signIn.title}</h1>
        <label className="flex flex-col gap-1.5 font-semibold">
          {WORDS.signIn.key}
          <input
            type="password"
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.target.value)}
            className="min-h-11 rounded-lg border border-line bg-paper px-3 font-normal"
          />
        </label>
        <p className="text-ink-soft text-sm">{WORDS.signIn.hint}</p>
        <p role="alert" className="font-semibold text-danger empty:hidden">
          {problem}
        </p>
        <Button type="submit" look="primary">
          {WORDS.signIn.enter}
        </Button>
      </form>
    </main>
  );
}

function areaOfAddress(): Area {
  const name = location.hash.replace(/^#\/?/, "");
  return AREAS.find(({ area }) => area === name)?.area ?? "overview";
}

function Areas({ onOut }: { readonly onOut: () => void }) {
  const [current, setCurrent] = useState<Area>(areaOfAddress);
  useEffect(() => {
    const follow = () => setCurrent(areaOfAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return (
    <div className="grid h-full grid-cols-[13rem_minmax(0,1fr)]">
      <nav aria-label={WORDS.name} className="flex flex-col gap-1 border-line border-r bg-surface p-3">
        <p className="px-3 py-3 font-bold text-brand text-lg">{WORDS.name}</p>
        {AREAS.map(({ area, icon }) => (
          <a
            key={area}
            href={`#/${area}`}
            aria-current={area === current ? "page" : undefined}
            className={`flex min-h-11 items-center gap-3 rounded-lg px-3 font-semibold ${area === current ? "bg-brand-soft text-brand" : "hover:bg-sunken"}`}
          >
            {icon}
            {WORDS.areas[area]}
          </a>
        ))}
        <span className="flex-1" />
        <button
          type="button"
          onClick={onOut}
          className="flex min-h-11 items-center gap-3 rounded-lg px-3 font-semibold hover:bg-sunken"
        >
          <LogOut aria-hidden size={20} />
          {WORDS.signIn.out}
        </button>
      </nav>
      <main className="overflow-y-auto p-6">
        <h1 className="mb-5 font-bold text-2xl">{WORDS.areas[current]}</h1>
        {AREAS.find(({ area }) => area === current)?.page()}
      </main>
    </div>
  );
}
