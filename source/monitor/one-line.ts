/** An error's lines as one, for cells and facts; '' for none. */
export function inOneLine(error: Error | null): string {
	return error?.message.replaceAll(/\s*\n\s*/g, ' ') ?? '';
}
