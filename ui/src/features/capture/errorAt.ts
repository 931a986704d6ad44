import { problemWords } from "../../form/problem";
import { problemAt } from "../../form/value";
import type { FieldProblem } from "../../ipc";

/** The words for what is wrong at a field, or nothing. */
export function errorAt(problems: readonly FieldProblem[], field: string, tried: boolean): string | null {
  const problem = problemAt(problems, field, tried);
  return problem ? problemWords(problem) : null;
}
