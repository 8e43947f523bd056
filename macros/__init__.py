"""The Excel add-in: VBA sources, ribbon, icons, and the build of ``dist/sangkien.xlam`` from them."""
