import { isAbsolute, join } from "node:path";
import { cacheDirectory } from "facelab";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("is facelab/ in XDG_CACHE_HOME, looked up at each call", () => {
  vi.stubEnv("XDG_CACHE_HOME", "/some/cache");
  expect(cacheDirectory()).toBe(join("/some/cache", "facelab"));
  vi.stubEnv("XDG_CACHE_HOME", "/another");
  expect(cacheDirectory()).toBe(join("/another", "facelab"));
});

it("is the platform's own place where XDG_CACHE_HOME is not set", () => {
  vi.stubEnv("XDG_CACHE_HOME", "");
  expect(isAbsolute(cacheDirectory())).toBe(true);
  expect(cacheDirectory()).toContain("facelab");
});
