import { createServer } from "node:net";
import { systemCode, Trouble } from "./trouble.ts";

/** Throws a Trouble when this port of the machine cannot be listened on. */
export async function requireFreePort(port: number): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      const probe = createServer();
      probe.once("error", fail);
      probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => done()));
    });
  } catch (error) {
    const code = systemCode(error);
    if (code === "EADDRINUSE") {
      throw new Trouble(
        `Port ${port} is taken by another program, perhaps by another npm start.\nStop that one, or choose another port: npm start -- --port ${port === 9000 ? 9100 : 9000}`,
      );
    }
    if (code === "EACCES") {
      throw new Trouble(
        `Port ${port} needs special rights on this machine. Choose another: npm start -- --port 9000`,
      );
    }
    throw error;
  }
}
