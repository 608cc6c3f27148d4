import type { ImportResult } from "#contract";
import { house } from "../../i18n/house.ts";
import { BringFile, Changes, Mistakes } from "../../ui/bring-file.tsx";
import { count } from "../../ui/format.ts";
import { adminApi } from "../api.ts";

const Checked = ({ result }: { result: ImportResult }) => {
  const same = result.added + result.changed + result.removed === 0 && !result.product;
  return (
    <>
      <p>{same ? house.import.same : house.import.will(result.name)}</p>
      <Changes names={["added", "changed", "removed", "unchanged"]} counts={result} texts={house.import}>
        {result.product ? <li data-change="product">{house.import.product}</li> : null}
      </Changes>
    </>
  );
};

/** A playbook from a file, which is taken only as a whole. */
export const ImportFile = ({ done }: { done: (playbookId: string) => void }) => (
  <BringFile<ImportResult>
    accept=".yaml,.yml,.xlsx"
    texts={house.import}
    check={(file) => adminApi.importFile(file, true)}
    take={(file) => adminApi.importFile(file, false)}
    done={({ playbook }) => done(playbook)}
    confirm={() => house.import.confirm}
  >
    {({ result, problem }) => (
      <>
        {result ? <Checked result={result} /> : null}
        {problem?.errors ? (
          <Mistakes
            caption={house.import.mistakes(count(problem.errors.length))}
            head={[house.import.where, house.import.what]}
            rows={problem.errors.map(({ path, message }) => [path, message])}
          />
        ) : null}
      </>
    )}
  </BringFile>
);
