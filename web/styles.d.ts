/** Styles that a module brings with it; the build makes files of them. */
declare module "*.css";
