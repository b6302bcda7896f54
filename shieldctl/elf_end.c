// SPDX-License-Identifier: GPL-2.0-only
#include "elf_end.h"

#include <elf.h>
#include <string.h>

/* Larger than any module, and far from where sums overflow. */
#define MOST (1ULL << 40)

static size_t later(size_t end, unsigned long long offset,
		    unsigned long long len)
{
	if (offset > MOST || len > MOST)
		return MOST;
	return offset + len > end ? offset + len : end;
}

static size_t sections_end(struct bytes file, const Elf64_Ehdr *header,
			   size_t end)
{
	Elf64_Shdr section;
	size_t i;

	for (i = 0; i < header->e_shnum; i++) {
		memcpy(&section,
		       file.data + header->e_shoff + i * sizeof(section),
		       sizeof(section));
		if (section.sh_type != SHT_NOBITS)
			end = later(end, section.sh_offset, section.sh_size);
	}
	return end;
}

size_t elf_end(struct bytes file)
{
	Elf64_Ehdr header;
	size_t end;

	if (file.len < sizeof(header))
		return 0;
	memcpy(&header, file.data, sizeof(header));
	if (memcmp(header.e_ident, ELFMAG, SELFMAG) ||
	    header.e_ident[EI_CLASS] != ELFCLASS64 ||
	    header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_type != ET_REL ||
	    header.e_shentsize != sizeof(Elf64_Shdr))
		return 0;
	end = later(sizeof(header), header.e_shoff,
		    (size_t)header.e_shnum * sizeof(Elf64_Shdr));
	return end <= file.len ? sections_end(file, &header, end) : end;
}
