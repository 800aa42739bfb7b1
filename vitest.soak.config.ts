import { defineConfig } from "vitest/config";

/** `npm run soak`: the same questions as some tests ask, for longer, and with another seed each time, which failures name. */
export default defineConfig({ test: { include: ["test/**/*.soak.ts"], maxWorkers: 1 } });
