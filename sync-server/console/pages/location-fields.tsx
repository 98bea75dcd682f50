import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 60_000;

/** The platform's location by our store's code, as it is typed: several are parted by commas. */
export type LocationsByStore = Readonly<Record<string, string>>;

/** One field for each store: which of the platform's locations stand for it. */
export function LocationFields({
  locations,
  onChange,
}: {
  readonly locations: LocationsByStore;
  readonly onChange: (locations: LocationsByStore) => void;
}) {
  const api = useApi();
  const stores = usePolled(api.stores, REFRESH_MS);
  return (
    <>
      <ProblemNote problem={stores.problem} />
      {stores.data?.stores.map(({ code, name }) => (
        <TextField
          key={code}
          label={t("connectors.location", { store: name })}
          hint={t("connectors.locationHint")}
          value={locations[code] ?? ""}
          onChange={(value) => onChange({ ...locations, [code]: value })}
        />
      ))}
    </>
  );
}

/** As the server takes them: the store's code by the platform's location. */
export function locationsOf(byStore: LocationsByStore): Record<string, string> {
  return Object.fromEntries(
    Object.entries(byStore).flatMap(([store, typed]) =>
      typed
        .split(",")
        .map((location) => location.trim())
        .filter((location) => location !== "")
        .map((location) => [location, store]),
    ),
  );
}

/** As they are typed. */
export function byStoreOf(locations: Readonly<Record<string, string>>): LocationsByStore {
  const byStore: Record<string, string> = {};
  for (const [location, store] of Object.entries(locations))
    byStore[store] = byStore[store] === undefined ? location : `${byStore[store]}, ${location}`;
  return byStore;
}
