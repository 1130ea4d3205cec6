export const HelpScreen = () => <p className="p-5">Help</p>
