/** What one measure found. `value` beside its `goal`; `against` is the floor or peer of the same run. */
export type Result = {
  name: string;
  value: number;
  unit: string;
  goal: string;
  pass: boolean;
  against: Record<string, number | string>;
};
export type Measure = () => Promise<Result[]>;
