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

/** A device with a newer version may know more colours. */
const isKnown = (color: string): color is ProfileColor => Object.hasOwn(fills, color);

export function ColorDot(props: { readonly color: string }) {
  const name = () =>
    isKnown(props.color) ? t(`profile.color.${props.color}`) : t('profile.color.unknown');
  return (
    <span
      role="img"
      aria-label={name()}
      title={name()}
      class={`size-2.5 shrink-0 rounded-full ${isKnown(props.color) ? fills[props.color] : 'bg-idle-fill'}`}
    />
  );
}
