/** What every panel's browser is started with. */
export const FLAGS = [
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-extensions",
  "--disable-sync",
  "--disable-component-update",
  "--disable-background-networking",
  "--disable-features=Translate,OptimizationHints,MediaRouter",
  // It must go on painting while it is out of sight: that is what makes it quick.
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  // Neither keyring nor keychain may ask the agent for a password.
  "--password-store=basic",
  "--use-mock-keychain",
];
