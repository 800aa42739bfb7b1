import { samePerson } from "../04-same-person.js";
import { unknown } from "../05-unknown.js";
import type { Question } from "./question.js";

/** Every question, in order. */
export const questions: readonly Question[] = [samePerson, unknown];
