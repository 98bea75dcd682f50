import { createServer } from "node:tls";
import { z } from "zod";

// Holds whoever comes by TLS, and does nothing else; tells its port.

const { cert, key } = z
  .strictObject({ cert: z.string(), key: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ""));
const server = createServer({ cert, key }, (socket) => {
  socket.on("error", () => undefined);
  socket.on("data", () => socket.write(": here\n\n"));
});
server.listen(0, "127.0.0.1", () => {
  const bound = server.address();
  process.send?.(typeof bound === "object" && bound !== null ? bound.port : 0);
});
process.on("disconnect", () => process.exit(0));
