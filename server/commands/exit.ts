/**
 * Runs a command to its end: its exit code, or what went wrong on stderr.
 * @param codeOf the exit code of an error
 */
export async function exitAfter(
  main: () => Promise<number>,
  codeOf: (error: unknown) => number = () => 1,
): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = codeOf(error);
  }
}
