/**
 * A number with its thousands set apart by commas, to three decimals: `1,052,672`, `-0.5`, `NaN`. What `toLocaleString`
 * says in English; its first call in a process takes ten to twenty milliseconds, in which the tables of ICU are read.
 */
export function thousands(value: number): string {
	const [whole = '', decimals] = String(Number(value.toFixed(3))).split('.');
	const set = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return decimals === undefined ? set : `${set}.${decimals}`;
}
