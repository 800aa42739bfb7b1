import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type AttendanceAnswer, attendanceLog, type Seen } from "facelab";
import { expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const person = (label: string): AttendanceAnswer => ({
  kind: "person",
  label,
  other: "",
  distance: 0.25,
  margin: 0.5,
});
const seen = (at: string): Seen => ({ at: new Date(at), source: "door.mp4" });

it("marks a person once for each session and day, also where the log is opened again", async () => {
  const path = join(await temporaryFolder(), "attendance.csv");
  const log = await attendanceLog(path, "maths", "abc");
  expect(await log.take(person("amy"), seen("2026-03-02T08:15:00"))).toBe("marked");
  expect(await log.take(person("amy"), seen("2026-03-02T08:16:00"))).toBe("already marked");
  const again = await attendanceLog(path, "maths", "abc");
  expect(await again.take(person("amy"), seen("2026-03-02T09:00:00"))).toBe("already marked");
  expect(await again.take(person("raj"), seen("2026-03-02T09:00:00"))).toBe("marked");
  expect(await again.take(person("amy"), seen("2026-03-03T08:00:00"))).toBe("marked");
  const other = await attendanceLog(path, "physics", "abc");
  expect(await other.take(person("amy"), seen("2026-03-03T10:00:00"))).toBe("marked");
  expect(other.entries).toHaveLength(6);
  expect((await attendanceLog(path, "maths", "abc")).entries).toEqual(other.entries);
});

it("names nobody where the face is unknown, and both where it is a close call; none of them is marked", async () => {
  const path = join(await temporaryFolder(), "attendance.csv");
  const log = await attendanceLog(path, "maths", "abc");
  await log.take({ ...person("amy"), kind: "unknown" }, seen("2026-03-02T08:15:02"));
  const close: AttendanceAnswer = { ...person("amy"), kind: "review", other: "raj", margin: -0.01 };
  await log.take(close, seen("2026-03-02T08:15:03"));
  expect(await readFile(path, "utf8")).toBe(
    [
      "session,date,time,id,other,distance,margin,decision,model,source",
      "maths,2026-03-02,08:15:02,,,0.2500,0.5000,unknown,abc,door.mp4",
      "maths,2026-03-02,08:15:03,amy,raj,0.2500,-0.0100,review,abc,door.mp4",
      "",
    ].join("\n"),
  );
  expect(await log.take(person("amy"), seen("2026-03-02T08:15:04"))).toBe("marked");
});

it("keeps texts that a spreadsheet would run from running, and reads them back as they were", async () => {
  const path = join(await temporaryFolder(), "attendance.csv");
  const names = ["=cmd|'/c calc'!A1", "+1", "-1", "@sum", "'=x", 'a,"b"\nc', "\tx", "plain"];
  const log = await attendanceLog(path, "=s", "abc");
  for (const name of names) await log.take(person(name), seen("2026-03-02T08:15:00"));
  const rows = parseCsv(await readFile(path, "utf8"));
  for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t]/);
  const again = await attendanceLog(path, "=s", "abc");
  expect(again.entries.map(({ id }) => id)).toEqual(names);
  expect(await again.take(person(names[0]!), seen("2026-03-02T08:16:00"))).toBe("already marked");
});

it("refuses a file that is no such log, and leaves it as it is", async () => {
  const path = join(await temporaryFolder(), "other.csv");
  for (const text of ["name,age\namy,30\n", 'session,"date\n']) {
    await writeFile(path, text);
    await expect(attendanceLog(path, "maths", "abc")).rejects.toThrow(/not an attendance log: .*other\.csv/);
    expect(await readFile(path, "utf8")).toBe(text);
  }
});
