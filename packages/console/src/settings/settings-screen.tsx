export const SettingsScreen = () => <p className="p-5">Settings</p>
