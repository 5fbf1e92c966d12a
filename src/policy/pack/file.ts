/** One file of a pack: its path under the pack's folder, with forward slashes, and its whole text. */
export interface PackFile {
  readonly path: string
  readonly text: string
}
