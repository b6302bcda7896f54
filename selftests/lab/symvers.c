// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a kernel exports, as the Module.symvers that modpost reads: from the
 * kernel itself, for headers that are made from its source, where nobody has
 * compiled what exports.
 *
 *	symvers VMLINUX >Module.symvers
 *
 * The names cannot be taken from the strings alone, because one that ends as
 * another does shares its bytes. All are called GPL, as shield is: the kernel
 * looks again when a module is loaded. Versions are 0 without CONFIG_MODVERSIONS.
 */

#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* struct kernel_symbol of the kernel, where offsets are relative to themselves. */
struct exported {
	int32_t value;
	int32_t name;
	int32_t space;
};

struct image {
	const uint8_t *bytes;
	size_t size;
	const Elf64_Ehdr *header;
	const Elf64_Shdr *sections;
};

static void image_open(struct image *image, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat) < 0)
		err(1, "%s", path);
	image->size = (size_t)stat.st_size;
	image->bytes = mmap(NULL, image->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (image->bytes == MAP_FAILED)
		err(1, "%s", path);
	close(fd);
	image->header = (const Elf64_Ehdr *)image->bytes;
	if (image->size < sizeof(*image->header) ||
	    memcmp(image->bytes, ELFMAG, SELFMAG) != 0 ||
	    image->header->e_ident[EI_CLASS] != ELFCLASS64)
		errx(1, "%s is no kernel of 64 bits; extract it from vmlinuz",
		     path);
	image->sections =
		(const Elf64_Shdr *)(image->bytes + image->header->e_shoff);
}

static const Elf64_Shdr *section_find(const struct image *image,
				      const char *wanted)
{
	const Elf64_Shdr *names = &image->sections[image->header->e_shstrndx];
	const char *strings = (const char *)image->bytes + names->sh_offset;
	int i;

	for (i = 0; i < image->header->e_shnum; i++)
		if (!strcmp(strings + image->sections[i].sh_name, wanted))
			return &image->sections[i];
	return NULL;
}

/* The string that @field, which lies at @address in the kernel, points to. */
static const char *string_at(const struct image *image,
			     const Elf64_Shdr *strings, const int32_t *field,
			     uint64_t address)
{
	uint64_t offset =
		address + (uint64_t)(int64_t)*field - strings->sh_addr;

	if (offset >= strings->sh_size)
		errx(1,
		     "an export has its name elsewhere than others: look at struct kernel_symbol");
	return (const char *)image->bytes + strings->sh_offset + offset;
}

/* Prints those of section @name, whose versions are in section @crcs. */
static size_t exports_print(const struct image *image,
			    const Elf64_Shdr *strings, const char *name,
			    const char *crcs)
{
	const Elf64_Shdr *section = section_find(image, name);
	const Elf64_Shdr *versions = section_find(image, crcs);
	const struct exported *exported;
	const uint32_t *crc = NULL;
	uint64_t address;
	size_t i, count;

	if (!section)
		return 0;
	count = section->sh_size / sizeof(*exported);
	if (versions) {
		if (versions->sh_size != count * sizeof(*crc))
			errx(1, "%s has not one version for each of %s", crcs,
			     name);
		crc = (const uint32_t *)(image->bytes + versions->sh_offset);
	}
	exported = (const struct exported *)(image->bytes + section->sh_offset);
	for (i = 0; i < count; i++, exported++) {
		address = section->sh_addr + i * sizeof(*exported);
		printf("0x%08x\t%s\tvmlinux\tEXPORT_SYMBOL_GPL\t%s\n",
		       crc ? crc[i] : 0,
		       string_at(image, strings, &exported->name,
				 address + offsetof(struct exported, name)),
		       string_at(image, strings, &exported->space,
				 address + offsetof(struct exported, space)));
	}
	return count;
}

int main(int argc, char **argv)
{
	const Elf64_Shdr *strings;
	struct image image;
	size_t count;

	if (argc != 2)
		errx(2, "usage: symvers VMLINUX");
	image_open(&image, argv[1]);
	strings = section_find(&image, "__ksymtab_strings");
	if (!strings)
		errx(1, "%s exports nothing", argv[1]);
	count = exports_print(&image, strings, "__ksymtab", "__kcrctab");
	count += exports_print(&image, strings, "__ksymtab_gpl",
			       "__kcrctab_gpl");
	if (!count || fflush(stdout) != 0)
		errx(1, "%s: nothing printed", argv[1]);
	return 0;
}
