import { people } from "../02-people.js";
import { photos } from "../03-photos.js";
import { samePerson } from "../04-same-person.js";
import type { Question } from "./question.js";

/** Every question, in order. */
export const questions: readonly Question[] = [people, photos, samePerson];
