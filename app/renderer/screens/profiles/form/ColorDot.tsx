/** A profile's colour, told by its name to those who do not see it. */
import type { ProfileColor } from '../../../../../workspace/model/profileChoices.ts';
import { t } from '../../../shell/text.ts';

const fills: Readonly<Record<ProfileColor, string>> = {
  red: 'bg-[#d0453a]',
  orange: 'bg-[#dd7d22]',
  yellow: 'bg-[#d3a518]',
  green: 'bg-[#3f9b57]',
  teal: 'bg-[#22918f]',
  blue: 'bg-[#3f78c9]',
  purple: 'bg-[#8458be]',
  pink: 'bg-[#c9548f]',
};

export function ColorDot(props: { readonly color: ProfileColor }) {
  return (
    <span
      role="img"
      aria-label={t(`profile.color.${props.color}`)}
      title={t(`profile.color.${props.color}`)}
      class={`size-2.5 shrink-0 rounded-full ${fills[props.color]}`}
    />
  );
}
