"""Names: made-up first names and surnames, drawn apart from each other."""

_FIRST = """
Ada Alma Amos Anya Asher Avery Beck Bianca Blythe Brisa Caleb Callie Cedar Cleo
Dario Delia Desmond Diego Edda Eliza Emil Esme Ezra Fern Finn Flora Gemma Gideon
Greta Hazel Hugo Ida Imani Ines Iris Isla Ivan Jasper Joaquín Jonah Juno Kai Kiran
Lark Leif Lena Levi Lucía Mabel Maeve Marco Mateo Maya Milo Mira Nell Nico Nina Noé
Nora Odin Olive Omar Orla Oscar Otis Pablo Petra Piper Quinn Ramón Reed Rhea Roman
Rosa Rowan Ruben Ruth Sage Selma Silas Simone Sol Stella Tamsin Tess Theo Tobias Uma
Vera Viggo Wade Willa Wren Ximena Yara Zane Zora
"""
_LAST = """
Abbey Ackroyd Alder Arroyo Ashby Barrow Bellweather Birch Blackwood Bramble
Brightwater Calloway Castaño Cloverdale Coldwell Copperfield Crane Dalloway Dashwood
Delacroix Dunmore Eastwick Elmsworth Fairweather Fallow Farrow Fenn Fletcher
Foxglove Gamboa Garland Glass Greenhalgh Hallow Harrow Hawthorne Heather Hollis
Inchbald Ironside Jardine Juárez Kestrel Kingfisher Lark Larkin Linden Lockhart
Maizefield Marigold Marsh Meadows Merriweather Mistral Moor Muñoz Nightingale Nuñez
Oakes Orchard Osprey Paloma Pemberly Peña Pickering Quill Quintero Ravenel Redfern
Rivers Rookwood Salcedo Saltmarsh Sandoval Sedgewick Silverton Sorrel Starling
Stonecrop Swift Tallow Thistle Thorne Tidewater Umber Underhill Valdez Vale Vetch
Wainwright Weatherby Whitlock Wildrose Winterbourne Yarrow Zamora
"""

FIRST_NAMES = tuple(_FIRST.split())
LAST_NAMES = tuple(_LAST.split())
