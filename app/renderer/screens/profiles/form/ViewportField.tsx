/** The size of the page, from usual ones or in figures. */
import type { ProfileInput } from '../../../../../workspace/model/profile.ts';
import { NumberField } from '../../../parts/NumberField.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { t } from '../../../shell/text.ts';

type Viewport = ProfileInput['viewport'];

const usual: readonly Viewport[] = [
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
];

const nameOf = (size: Viewport) => `${size.width} × ${size.height}`;

interface ViewportFieldProps {
  readonly value: Viewport;
  readonly onValue: (value: Viewport) => void;
  readonly problems?: readonly string[] | undefined;
}

export function ViewportField(props: ViewportFieldProps) {
  const preset = () =>
    usual.some((size) => nameOf(size) === nameOf(props.value)) ? nameOf(props.value) : 'own';
  const choose = (name: string) => {
    const size = usual.find((one) => nameOf(one) === name);
    if (size) props.onValue(size);
  };
  return (
    <div class="grid grid-cols-[1fr_6.5rem_6.5rem] gap-3">
      <SelectField
        label={t('profile.viewport')}
        value={preset()}
        choices={[
          ...usual.map((size) => ({ value: nameOf(size), label: nameOf(size) })),
          { value: 'own', label: t('profile.viewport.custom') },
        ]}
        onValue={choose}
        problems={props.problems}
      />
      <NumberField
        label={t('profile.width')}
        value={props.value.width}
        min={200}
        max={7680}
        step={1}
        onValue={(width) => props.onValue({ ...props.value, width: width ?? 0 })}
      />
      <NumberField
        label={t('profile.height')}
        value={props.value.height}
        min={200}
        max={4320}
        step={1}
        onValue={(height) => props.onValue({ ...props.value, height: height ?? 0 })}
      />
    </div>
  );
}
