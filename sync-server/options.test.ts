import { describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";

const DATA = ["--data", "/data"] as const;

describe("how the server is told to send mail", () => {
  test("by an SMTP address and the address mails come from, from the environment or the command line", () => {
    const environment = {
      ONETILL_SMTP_URL: "smtps://u:p%40ss@mail.example",
      ONETILL_MAIL_FROM: "a@b.example",
    };
    expect(readOptions([...DATA], environment)).toMatchObject({
      ok: true,
      value: { smtp: { url: "smtps://u:p%40ss@mail.example", from: "a@b.example" } },
    });
    const args = [...DATA, "--smtp-url", "smtp://localhost:2525", "--mail-from", "till@nordlicht.example"];
    expect(readOptions(args, environment)).toMatchObject({
      value: { smtp: { url: "smtp://localhost:2525", from: "till@nordlicht.example" } },
    });
  });

  test("not at all where nothing is said: mails wait", () => {
    expect(readOptions([...DATA])).toMatchObject({ ok: true, value: { smtp: null } });
  });

  test.each([
    ["http://mail.example", "a@b.example", "--smtp-url"],
    ["smtps://", "a@b.example", "--smtp-url"],
    ["smtps://mail.example/inbox", "a@b.example", "--smtp-url"],
    ["smtps://mail.example", "", "--mail-from"],
    ["smtps://mail.example", "a@b.example\r\nBcc: c@d.example", "--mail-from"],
    ["", "a@b.example", "--smtp-url"],
  ])("%s with %s is refused with what is wrong", (url, from, wrong) => {
    const told = readOptions([...DATA, "--smtp-url", url, "--mail-from", from]);
    expect(told).toMatchObject({ ok: false, reason: expect.stringContaining(`${wrong}:`) });
  });

  test("a refusal never repeats the password", () => {
    const told = readOptions([...DATA, "--smtp-url", "smtps://u:hidden@", "--mail-from", "a@b.example"]);
    expect(JSON.stringify(told)).not.toContain("hidden");
  });
});

describe("which database is used", () => {
  const url = "postgres://onetill:hidden@db.example:5432/onetill";

  test("the embedded one, or the PostgreSQL database that the environment or the command line names", () => {
    expect(readOptions([...DATA])).toMatchObject({ value: { databaseUrl: null, drainMs: 0 } });
    expect(readOptions([...DATA], { ONETILL_DATABASE_URL: url })).toMatchObject({
      value: { databaseUrl: url, drainMs: 5_000 },
    });
    const other = "postgresql:///shop";
    expect(
      readOptions([...DATA, "--database-url", other, "--drain", "0.5"], { ONETILL_DATABASE_URL: url }),
    ).toMatchObject({ value: { databaseUrl: other, drainMs: 500 } });
  });

  test.each(["mysql://u:hidden@h/db", "hidden", "postgres://"])(
    "%s is refused without being repeated",
    (wrong) => {
      const told = readOptions([...DATA, "--database-url", wrong]);
      expect(told).toMatchObject({ ok: false, reason: expect.stringContaining("--database-url") });
      expect(JSON.stringify(told)).not.toContain("hidden");
    },
  );

  test("how long a server says that it is going is some seconds; a token for the metrics is none that can be guessed", () => {
    for (const drain of ["-1", "301", "soon"])
      expect(readOptions([...DATA, "--drain", drain])).toMatchObject({ ok: false });
    expect(readOptions([...DATA], { ONETILL_METRICS_TOKEN: "short" })).toMatchObject({ ok: false });
    expect(readOptions([...DATA], { ONETILL_METRICS_TOKEN: "0123456789abcdef" })).toMatchObject({
      value: { metricsToken: "0123456789abcdef" },
    });
  });
});

describe("which proxies are believed", () => {
  test("none, unless they are named", () => {
    expect(readOptions([...DATA])).toMatchObject({ value: { proxies: [] } });
    expect(readOptions([...DATA, "--proxy", "127.0.0.1, 10.0.0.0/8,::1"])).toMatchObject({
      value: { proxies: ["127.0.0.1", "10.0.0.0/8", "::1"] },
    });
  });

  test.each(["", "everybody", "0.0.0.0/0", "::/0", "10.0.0.0/33", "127.0.0.1,"])("%s is refused", (proxy) => {
    expect(readOptions([...DATA, "--proxy", proxy])).toMatchObject({
      ok: false,
      reason: expect.stringContaining("--proxy"),
    });
  });
});

describe("where traces go", () => {
  const tracesOf = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const told = readOptions([...DATA, ...args], environment);
    return told.ok ? told.value.traces : told.reason;
  };
  const there = { url: "http://127.0.0.1:4318/v1/traces", share: 1, serviceName: "onetill" };

  test("nowhere without the flag, whatever the environment says", () => {
    expect(tracesOf([], { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" })).toBe(null);
  });

  test("to the address beside the flag, with or without its path", () => {
    expect(tracesOf(["--traces", "http://127.0.0.1:4318"])).toEqual(there);
    expect(tracesOf(["--traces", "http://127.0.0.1:4318/v1/traces"])).toEqual(there);
    expect(tracesOf(["--traces=http://127.0.0.1:4318/"])).toEqual(there);
  });

  test("to where the environment says when the flag stands alone, in OpenTelemetry's own names", () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
      OTEL_TRACES_SAMPLER_ARG: "0.1",
      OTEL_SERVICE_NAME: "tea-sync",
    };
    expect(tracesOf(["--traces"], environment)).toEqual({ ...there, share: 0.1, serviceName: "tea-sync" });
    expect(tracesOf(["--traces", "--port", "0"], environment)).toMatchObject({ url: there.url });
    const whole = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://traces.example/take" };
    expect(tracesOf(["--traces"], { ...environment, ...whole })).toMatchObject({
      url: "https://traces.example/take",
    });
  });

  test("refused with what is wrong", () => {
    expect(tracesOf(["--traces"])).toContain("--traces:");
    expect(tracesOf(["--traces", "collector:4318"])).toContain("--traces:");
    expect(tracesOf(["--traces", "http://127.0.0.1:4318"], { OTEL_TRACES_SAMPLER_ARG: "half" })).toContain(
      "OTEL_TRACES_SAMPLER_ARG:",
    );
  });
});

describe("whether the server speaks TLS itself", () => {
  test("by a certificate and its key, or not at all", () => {
    expect(readOptions([...DATA])).toMatchObject({ value: { tls: null } });
    expect(readOptions([...DATA, "--tls-cert", "chain.pem", "--tls-key", "key.pem"])).toMatchObject({
      value: { tls: { cert: "chain.pem", key: "key.pem" } },
    });
  });

  test.each(["--tls-cert", "--tls-key"])("%s alone is refused", (alone) => {
    expect(readOptions([...DATA, alone, "file.pem"])).toMatchObject({
      ok: false,
      reason: expect.stringContaining("go together"),
    });
  });
});
