import type { ContactImport } from "#contract";
import { contacts as texts } from "../../i18n/contacts.ts";
import { BringFile, Changes, Mistakes } from "../../ui/bring-file.tsx";
import { count } from "../../ui/format.ts";
import { contactsApi } from "./api.ts";

const some = ({ added, changed }: ContactImport): boolean => added + changed > 0;

/** What would become of the rows, and each that is wrong. */
const Checked = ({ result }: { result: ContactImport }) => {
  const { errors } = result;
  return (
    <>
      <Changes names={["added", "changed", "same"]} counts={result} texts={texts} />
      {errors.length === 0 ? null : (
        <Mistakes
          caption={texts.wrong(count(new Set(errors.map(({ row }) => row)).size))}
          head={[texts.row, texts.column, texts.what]}
          rows={errors.map(({ row, column, value, message }) => [
            count(row),
            column,
            value === "" ? message : `«${value}»: ${message}`,
          ])}
        />
      )}
      {some(result) ? null : <p>{texts.nothing}</p>}
    </>
  );
};

/** Contacts from a file: those of its rows that are right are taken. */
export const BringContacts = ({ done }: { done: (taken: number) => void }) => (
  <BringFile<ContactImport>
    accept=".csv,.xlsx"
    texts={{ action: texts.bring, choose: texts.choose, title: texts.bringTitle, reading: texts.reading }}
    check={(file) => contactsApi.bring(file, true)}
    take={(file) => contactsApi.bring(file, false)}
    done={({ added, changed }) => done(added + changed)}
    confirm={(result) => (some(result) ? (result.errors.length > 0 ? texts.take : texts.takeAll) : null)}
  >
    {({ result }) => (result ? <Checked result={result} /> : null)}
  </BringFile>
);
