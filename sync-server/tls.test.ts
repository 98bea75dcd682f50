import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connect } from "node:tls";
import { generate } from "selfsigned";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTls } from "./tls.ts";

const MAIN = join(import.meta.dirname, "main.ts");

let folder: string;
let files: { readonly cert: string; readonly key: string };
let server: ChildProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-tls-"));
  files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
});

afterEach(() => {
  server?.kill("SIGKILL");
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

/** A certificate of this name, made out by itself. */
async function issue(name: string): Promise<void> {
  const made = await generate([{ name: "commonName", value: name }], { keyType: "ec", curve: "P-256" });
  writeFileSync(files.cert, made.cert);
  writeFileSync(files.key, made.private);
}

/** Once the server says this. */
function said(words: RegExp): Promise<string> {
  return new Promise((settle) => {
    for (const stream of [server?.stdout, server?.stderr])
      if (stream)
        createInterface({ input: stream }).on("line", (line) => {
          const found = words.exec(line);
          if (found !== null) settle(found[1] ?? found[0]);
        });
  });
}

function listening(): Promise<string> {
  const args = [MAIN, "--data", join(folder, "data"), "--port", "0"];
  server = spawn(process.execPath, [...args, "--tls-cert", files.cert, "--tls-key", files.key]);
  return said(/^listening on (\S+)/);
}

/** Whose certificate the server shows. */
function shown(address: string): Promise<unknown> {
  const { hostname, port } = new URL(address);
  return new Promise((settle, fail) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      settle(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
    socket.once("error", fail);
  });
}

test("speaks TLS by its certificate, and by the next one without a restart; one that is no good changes nothing", async () => {
  await issue("first.example");
  const address = await listening();
  expect(address).toMatch(/^https:/);
  expect(await shown(address)).toBe("first.example");
  await issue("second.example");
  server?.kill("SIGHUP");
  await expect.poll(() => shown(address)).toBe("second.example");
  writeFileSync(files.cert, "no certificate");
  const refused = said(/the certificate was not renewed/);
  server?.kill("SIGHUP");
  await refused;
  expect(await shown(address)).toBe("second.example");
});

test("says what is wrong with the files", async () => {
  expect(() => readTls(files)).toThrow(`--tls-cert ${files.cert} cannot be read`);
  await issue("one.example");
  const { cert } = readTls(files);
  await issue("other.example");
  writeFileSync(files.cert, cert);
  expect(() => readTls(files)).toThrow(`the key in ${files.key} is not of the certificate`);
  writeFileSync(files.key, "no key");
  expect(() => readTls(files)).toThrow("have to be a certificate and its key");
});
