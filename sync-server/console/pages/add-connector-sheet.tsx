import { useState } from "react";
import type { AddConnectorAnswer, PlatformRow } from "#protocol/hq/connectors.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/select.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { LocationFields, type LocationsByStore, locationsOf } from "./location-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";

type Fields = Readonly<Record<string, string>>;

/** Connects a shop: where its API is, what it asks for, and which of its locations stands for which store. */
export function AddConnectorSheet({
  platforms,
  onAdded,
  onClose,
}: {
  readonly platforms: readonly PlatformRow[];
  readonly onAdded: (added: AddConnectorAnswer) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const [chosen, setChosen] = useState<string | null>(null);
  const [channel, setChannel] = useState("");
  const [apiUrl, setApiUrl] = useState("");
  const [secret, setSecret] = useState("");
  const [credentials, setCredentials] = useState<Fields>({});
  const [locations, setLocations] = useState<LocationsByStore>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const platform = platforms.find((each) => each.platform === chosen) ?? platforms[0];

  async function add({ platform: name, credentials: needed }: PlatformRow): Promise<void> {
    const answer = await api.addConnector({
      platform: name,
      channel: channel.trim(),
      apiUrl: apiUrl.trim(),
      credentials: Object.fromEntries(needed.map((each) => [each, credentials[each]?.trim() ?? ""])),
      locations: locationsOf(locations),
      ...(secret.trim() === "" ? {} : { webhookSecret: secret.trim() }),
    });
    if (answer.ok) onAdded(answer.value);
    else setProblem(answer.reason);
  }

  const isFilled = [channel, apiUrl, ...(platform?.credentials ?? []).map((each) => credentials[each] ?? "")]
    .map((text) => text.trim())
    .every((text) => text !== "");
  return (
    <Sheet title={t("connectors.add")} closeLabel={t("common.close")} onClose={onClose}>
      <div className="space-y-4">
        <ProblemNote problem={problem} />
        <Select
          label={t("connectors.platform")}
          value={platform?.platform ?? ""}
          choices={platforms.map((each) => ({
            value: each.platform,
            text: tNamed("platform", each.platform),
          }))}
          onChange={setChosen}
        />
        <TextField
          label={t("connectors.channel")}
          hint={t("connectors.channelHint")}
          value={channel}
          onChange={setChannel}
        />
        <TextField
          label={t("connectors.apiUrl")}
          hint={t("connectors.apiUrlHint")}
          value={apiUrl}
          onChange={setApiUrl}
        />
        {platform?.credentials.map((name) => (
          <TextField
            key={name}
            label={tNamed("credential", name)}
            value={credentials[name] ?? ""}
            onChange={(value) => setCredentials({ ...credentials, [name]: value })}
          />
        ))}
        <TextField
          label={t("connectors.secret")}
          hint={t("connectors.secretHint")}
          value={secret}
          onChange={setSecret}
        />
        <LocationFields locations={locations} onChange={setLocations} />
        <div className="flex justify-end">
          <Button
            look="primary"
            isDisabled={platform === undefined || !isFilled}
            onPress={() => platform !== undefined && add(platform)}
          >
            {t("connectors.add")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
