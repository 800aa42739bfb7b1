import { describe, expect, it, vi } from "vitest";
import { decide } from "./shared.js";

describe("a test that needs ../shared", () => {
  const runner = () => Object.assign(vi.fn(), { skip: vi.fn() });
  const body = () => {};

  it("runs where nothing is missing", () => {
    const it = runner();
    decide([], true, it, () => {})("a", body);
    expect(it).toHaveBeenCalledWith("a", body);
    expect(it.skip).not.toHaveBeenCalled();
  });

  it("is skipped, and says what for, where something is missing", () => {
    const it = runner();
    const print = vi.fn();
    decide(["../shared/models/x", "../shared/data/y"], false, it, print)("a", body);
    expect(it).not.toHaveBeenCalled();
    expect(it.skip).toHaveBeenCalledOnce();
    expect(print).toHaveBeenCalledWith('skipped "a": missing: ../shared/models/x, ../shared/data/y');
  });

  it("fails where it is required", () => {
    const it = runner();
    decide(["../shared/models/x"], true, it, () => {})("a", body);
    expect(it.skip).not.toHaveBeenCalled();
    expect(it.mock.calls[0]?.[1]).toThrow(/missing: \.\.\/shared\/models\/x/);
  });
});
