import { useState } from "react";
import type { ConnectorRow } from "#protocol/hq/connectors.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { byStoreOf, LocationFields, locationsOf } from "./location-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** Says which of a shop's locations stand for which store. */
export function LocationsSheet({
  connector,
  onDone,
  onClose,
}: {
  readonly connector: ConnectorRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [locations, setLocations] = useState(() => byStoreOf(connector.locations));
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function save(): Promise<void> {
    const answer = await api.changeConnector(connector.id, { locations: locationsOf(locations) });
    if (answer.ok) onDone();
    else setProblem(answer.reason);
  }

  return (
    <Sheet
      title={t("connectors.locationsTitle", { channel: connector.channel })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      <div className="space-y-4">
        <ProblemNote problem={problem} />
        <LocationFields locations={locations} onChange={setLocations} />
        <div className="flex justify-end">
          <Button look="primary" onPress={() => save()}>
            {t("connectors.save")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
